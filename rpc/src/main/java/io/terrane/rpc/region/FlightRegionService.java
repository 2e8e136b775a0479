package io.terrane.rpc.region;

import com.google.protobuf.ByteString;
import io.terrane.api.batch.AffectedRows;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.fragment.PlanFragment;
import io.terrane.api.node.NodeId;
import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionWrite;
import io.terrane.api.service.RegionService;
import io.terrane.rpc.channel.FlightChannels;
import io.terrane.rpc.channel.LostAnswer;
import io.terrane.rpc.channel.Verb;
import io.terrane.rpc.proto.FragmentProto;
import io.terrane.rpc.proto.RegionProto;
import io.terrane.rpc.wire.FragmentWire;
import io.terrane.rpc.wire.InstructionWire;
import io.terrane.rpc.wire.Messages;
import io.terrane.rpc.wire.RegionWire;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;

/** One datanode's regions, called over Flight. The address is looked up for each call. */
final class FlightRegionService implements RegionService {

  private final NodeId node;
  private final Supplier<Optional<String>> address;
  private final FlightChannels channels;

  FlightRegionService(NodeId node, Supplier<Optional<String>> address, FlightChannels channels) {
    this.node = node;
    this.address = address;
    this.channels = channels;
  }

  @Override
  public BatchStream scan(
      RegionId region, RegionEpoch epoch, PlanFragment fragment, BufferAllocator allocator) {
    FragmentProto.ScanTicket ticket =
        FragmentProto.ScanTicket.newBuilder()
            .setRegion(region.value())
            .setEpoch(epoch.value())
            .setFragment(FragmentWire.encode(fragment))
            .build();
    return channels.stream(
        address.get().orElseThrow(this::unknown),
        ticket,
        allocator,
        channels.config().scanTimeout());
  }

  @Override
  public CompletableFuture<AffectedRows> write(RegionWrite write) {
    return address
        .get()
        .map(
            known ->
                channels.put(
                    known,
                    RegionWire.encodeHeader(write),
                    write.rows(),
                    channels.config().writeTimeout()))
        .orElseGet(() -> CompletableFuture.failedFuture(unknown()))
        .thenApply(FlightRegionService::affectedRows);
  }

  @Override
  public CompletableFuture<InstructionReply> instruct(RegionInstruction instruction) {
    return address
        .get()
        .map(
            known ->
                channels.ask(
                    known,
                    Verb.INSTRUCT,
                    InstructionWire.encode(instruction),
                    RegionProto.InstructionReply.parser(),
                    timeoutOf(instruction),
                    LostAnswer.ASK_AGAIN))
        .orElseGet(() -> CompletableFuture.failedFuture(unknown()))
        .thenApply(InstructionWire::decode);
  }

  /** An upgrade says itself how long it may take; the call's own time comes on top. */
  private Duration timeoutOf(RegionInstruction instruction) {
    return instruction instanceof RegionInstruction.UpgradeRegion upgrade
        ? upgrade.replayTimeout().plus(channels.config().callTimeout())
        : channels.config().instructionTimeout();
  }

  private static AffectedRows affectedRows(ByteString ack) {
    return new AffectedRows(Messages.read(RegionProto.WriteAck.parser(), ack).getAffectedRows());
  }

  private TerraneException unknown() {
    return new TerraneException(
        ErrorCode.NODE_UNREACHABLE, "datanode " + node + " is unreachable: no address is known");
  }
}
