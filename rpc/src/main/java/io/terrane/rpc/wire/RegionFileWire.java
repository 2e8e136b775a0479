package io.terrane.rpc.wire;

import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionFile;
import io.terrane.rpc.proto.RegionProto;
import java.util.Optional;

/** A region's files. */
final class RegionFileWire {

  private RegionFileWire() {}

  static RegionProto.InstructionReply.Files encode(InstructionReply.Files files) {
    RegionProto.InstructionReply.Files.Builder message =
        RegionProto.InstructionReply.Files.newBuilder();
    files.files().forEach(file -> message.addFiles(encode(file)));
    return message.build();
  }

  static InstructionReply.Files decode(RegionProto.InstructionReply.Files message) {
    return new InstructionReply.Files(
        message.getFilesList().stream().map(RegionFileWire::decode).toList());
  }

  private static RegionProto.RegionFile encode(RegionFile file) {
    RegionProto.RegionFile.Builder message =
        RegionProto.RegionFile.newBuilder().setPath(file.path()).setSize(file.size());
    file.modified().map(TimeWire::encode).ifPresent(message::setModified);
    file.content().map(RegionFileWire::encode).ifPresent(message::setContent);
    return message.build();
  }

  private static RegionProto.RegionFile.Content encode(RegionFile.Content content) {
    RegionProto.RegionFile.Content.Builder message =
        RegionProto.RegionFile.Content.newBuilder()
            .setId(content.id())
            .setLevel(content.level())
            .setRows(content.rows())
            .setLastSequence(content.lastSequence());
    content.first().map(TimeWire::encode).ifPresent(message::setFirst);
    content.last().map(TimeWire::encode).ifPresent(message::setLast);
    return message.build();
  }

  private static RegionFile decode(RegionProto.RegionFile message) {
    return new RegionFile(
        message.getPath(),
        message.getSize(),
        message.hasModified()
            ? Optional.of(TimeWire.decode(message.getModified()))
            : Optional.empty(),
        message.hasContent() ? Optional.of(decode(message.getContent())) : Optional.empty());
  }

  private static RegionFile.Content decode(RegionProto.RegionFile.Content message) {
    return new RegionFile.Content(
        message.getId(),
        message.getLevel(),
        message.getRows(),
        message.getLastSequence(),
        message.hasFirst() ? Optional.of(TimeWire.decode(message.getFirst())) : Optional.empty(),
        message.hasLast() ? Optional.of(TimeWire.decode(message.getLast())) : Optional.empty());
  }
}
