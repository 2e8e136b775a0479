package io.terrane.rpc.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.node.NodeId;
import io.terrane.api.testing.SimulatedScheduler;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NodeAddressesTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final FakeMetasrv metasrv = new FakeMetasrv();
  private final SimulatedScheduler scheduler = new SimulatedScheduler();
  private final NodeAddresses addresses = new NodeAddresses(metasrv, scheduler, SECOND);

  @Test
  void areAskedForAtAFixedRate() {
    addresses.start();
    scheduler.runFor(Duration.ofSeconds(3));
    assertThat(metasrv.seen).containsExactly("cluster", "cluster", "cluster", "cluster");
    assertThat(addresses.apply(new NodeId(2))).contains("h:1");
    addresses.close();
    scheduler.runFor(Duration.ofSeconds(3));
    assertThat(metasrv.seen).hasSize(4);
  }

  @Test
  void anUnknownNodeIsAskedForAtOnce() {
    assertThat(addresses.apply(new NodeId(2))).isEmpty();
    assertThat(addresses.apply(new NodeId(2))).contains("h:1");
    assertThat(metasrv.seen).hasSize(1);
  }

  @Test
  void theLastAnswerOutlivesTheMetasrv() {
    addresses.start();
    metasrv.refusal = new TerraneException(ErrorCode.NODE_UNREACHABLE, "gone");
    scheduler.runFor(SECOND);
    assertThat(addresses.apply(new NodeId(2))).contains("h:1");
    metasrv.silent = true;
    addresses.apply(new NodeId(9));
    addresses.apply(new NodeId(9));
    assertThat(metasrv.seen).hasSize(3);
  }
}
