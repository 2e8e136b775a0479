package io.terrane.rpc.meta;

import io.terrane.api.node.ClusterView;
import io.terrane.api.node.Heartbeat;
import io.terrane.api.node.HeartbeatReply;
import io.terrane.api.service.MembershipService;
import io.terrane.rpc.channel.LostAnswer;
import io.terrane.rpc.channel.Verb;
import io.terrane.rpc.proto.NodeProto;
import io.terrane.rpc.proto.ProcedureProto;
import io.terrane.rpc.wire.NodeWire;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Heartbeats to the metasrv, and its view of the nodes, over Flight. */
public final class FlightMembershipService implements MembershipService {

  /** A heartbeat without an answer is sent again while the last lease still runs. */
  private static final Duration HEARTBEAT_TIMEOUT = Duration.ofSeconds(2);

  private final MetaClient metasrv;

  public FlightMembershipService(MetaClient metasrv) {
    this.metasrv = metasrv;
  }

  @Override
  public CompletableFuture<HeartbeatReply> heartbeat(Heartbeat heartbeat) {
    return metasrv
        .ask(
            Verb.HEARTBEAT,
            NodeWire.encode(heartbeat),
            NodeProto.HeartbeatReply.parser(),
            HEARTBEAT_TIMEOUT,
            LostAnswer.ASK_AGAIN)
        .thenApply(NodeWire::decode);
  }

  @Override
  public CompletableFuture<ClusterView> cluster() {
    return metasrv
        .ask(
            Verb.CLUSTER,
            ProcedureProto.Nothing.getDefaultInstance(),
            NodeProto.ClusterView.parser(),
            metasrv.callTimeout(),
            LostAnswer.ASK_AGAIN)
        .thenApply(NodeWire::decode);
  }
}
