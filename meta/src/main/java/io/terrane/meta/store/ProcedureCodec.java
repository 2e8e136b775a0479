package io.terrane.meta.store;

import static io.terrane.meta.store.MetadataJson.array;
import static io.terrane.meta.store.MetadataJson.constant;
import static io.terrane.meta.store.MetadataJson.field;
import static io.terrane.meta.store.MetadataJson.instant;
import static io.terrane.meta.store.MetadataJson.list;
import static io.terrane.meta.store.MetadataJson.number;
import static io.terrane.meta.store.MetadataJson.object;
import static io.terrane.meta.store.MetadataJson.optionalInstant;
import static io.terrane.meta.store.MetadataJson.optionalText;
import static io.terrane.meta.store.MetadataJson.smallNumber;
import static io.terrane.meta.store.MetadataJson.text;
import static io.terrane.meta.store.MetadataJson.textArray;
import static io.terrane.meta.store.MetadataJson.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.node.NodeId;
import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.procedure.ProcedureStatus;
import io.terrane.api.region.RegionId;
import java.util.Optional;

/** Procedure records as stored JSON; the state inside is the procedure's own business. */
final class ProcedureCodec {
  private ProcedureCodec() {}

  static ObjectNode write(ProcedureRecord record) {
    ObjectNode node = object();
    node.put("id", record.id().toString());
    node.put("type", record.type());
    node.put("key", record.key());
    node.put("revision", record.revision());
    node.put("status", record.status().name());
    node.put("step", record.step());
    node.set("state", record.state());
    node.set("lockKeys", textArray(record.lockKeys()));
    node.set("claims", array(record.claims(), ProcedureCodec::write));
    record.errorCode().ifPresent(code -> node.put("errorCode", code.number()));
    record.error().ifPresent(error -> node.put("error", error));
    node.put("startedAt", record.startedAt().toString());
    record.endedAt().ifPresent(ended -> node.put("endedAt", ended.toString()));
    node.put("catalogVersion", record.catalogVersion());
    return node;
  }

  static ProcedureRecord read(JsonNode node) {
    return new ProcedureRecord(
        ProcedureId.parse(text(node, "id")),
        text(node, "type"),
        text(node, "key"),
        number(node, "revision"),
        constant(node, "status", ProcedureStatus.class),
        text(node, "step"),
        field(node, "state"),
        texts(node, "lockKeys"),
        list(node, "claims", ProcedureCodec::readClaim),
        node.hasNonNull("errorCode")
            ? Optional.of(ErrorCode.ofNumber(smallNumber(node, "errorCode")))
            : Optional.empty(),
        optionalText(node, "error"),
        instant(node, "startedAt"),
        optionalInstant(node, "endedAt"),
        number(node, "catalogVersion"));
  }

  private static ObjectNode write(RegionClaim claim) {
    ObjectNode node = object();
    node.put("region", claim.region().value());
    node.put("node", claim.node().value());
    return node;
  }

  private static RegionClaim readClaim(JsonNode node) {
    return new RegionClaim(new RegionId(number(node, "region")), new NodeId(number(node, "node")));
  }
}
