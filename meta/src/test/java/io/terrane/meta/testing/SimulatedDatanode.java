package io.terrane.meta.testing;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.node.Heartbeat;
import io.terrane.api.node.NodeId;
import io.terrane.api.node.NodeInfo;
import io.terrane.api.node.NodeRole;
import io.terrane.api.node.RegionLease;
import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionRole;
import io.terrane.api.region.RegionStat;
import io.terrane.api.region.ReplayWork;
import io.terrane.api.time.Ticker;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One life of a datanode: regions with role, epoch and lease, but without rows. */
public final class SimulatedDatanode {
  private final NodeId id;
  private final Ticker ticker;
  private final Instant startedAt;
  private final Map<RegionId, Long> walEnds;
  private final Map<RegionId, Open> open = new TreeMap<>();
  private final Map<RegionId, Long> neededPositions = new TreeMap<>();
  private long sequence;
  private boolean running = true;
  private boolean cutOff;
  private long lag;
  private long rows = 7;

  SimulatedDatanode(NodeId id, Ticker ticker, Instant startedAt, Map<RegionId, Long> walEnds) {
    this.id = id;
    this.ticker = ticker;
    this.startedAt = startedAt;
    this.walEnds = walEnds;
  }

  private static final class Open {
    private RegionRole role;
    private RegionEpoch epoch;
    private RegionEpoch leaseEpoch = RegionEpoch.FIRST;
    private long leaseEndNanos;
    private int schemaVersion;

    Open(RegionRole role, RegionEpoch epoch) {
      this.role = role;
      this.epoch = epoch;
    }
  }

  NodeId id() {
    return id;
  }

  public boolean isRunning() {
    return running;
  }

  boolean isCutOff() {
    return cutOff;
  }

  void kill() {
    running = false;
  }

  /** Neither heartbeats nor instructions get through any more, while clients may still write. */
  public void cutOffFromMetasrv() {
    cutOff = true;
  }

  public void reconnect() {
    cutOff = false;
    lag = 0;
  }

  /** Candidates here stay this many records behind. */
  public void holdRows(long count) {
    rows = count;
  }

  public void lagBehind(long records) {
    lag = records;
  }

  /** From now on the region is reported to need the log from {@code position} on. */
  public void needs(RegionId region, long position) {
    neededPositions.put(region, position);
  }

  /** Role and epoch of each open region, for instance {@code 1024.0 LEADER 3}. */
  public List<String> regions() {
    return open.entrySet().stream()
        .map(e -> e.getKey() + " " + e.getValue().role + " " + e.getValue().epoch)
        .toList();
  }

  /** Of each open region. */
  public List<Integer> schemaVersions() {
    return open.values().stream().map(held -> held.schemaVersion).toList();
  }

  boolean acknowledges(RegionId region) {
    Open held = open.get(region);
    return running
        && held != null
        && held.role == RegionRole.LEADER
        && held.leaseEpoch.equals(held.epoch)
        && held.leaseEndNanos - ticker.nanos() > 0;
  }

  Heartbeat heartbeat() {
    List<RegionStat> stats =
        open.entrySet().stream().map(e -> stat(e.getKey(), e.getValue())).toList();
    return new Heartbeat(info(), ++sequence, stats);
  }

  void install(List<RegionLease> leases, long sentNanos) {
    for (RegionLease lease : leases) {
      Open held = open.get(lease.region());
      if (held != null && held.epoch.equals(lease.epoch())) {
        held.leaseEpoch = lease.epoch();
        held.leaseEndNanos = sentNanos + lease.duration().toNanos();
      }
    }
  }

  InstructionReply carryOut(RegionInstruction instruction) {
    RegionId region = instruction.region();
    if (instruction instanceof RegionInstruction.CreateRegion create) {
      walEnds.putIfAbsent(region, 0L);
      return lead(region, create.epoch());
    } else if (instruction instanceof RegionInstruction.AlterRegion request) {
      held(region).schemaVersion = request.spec().table().schema().version();
    } else if (instruction instanceof RegionInstruction.OpenRegion request) {
      boolean isNew = !open.containsKey(region);
      InstructionReply reply = lead(region, request.epoch());
      if (isNew) {
        held(region).schemaVersion = request.spec().table().schema().version();
      }
      return reply;
    } else if (instruction instanceof RegionInstruction.OpenCandidate) {
      open.putIfAbsent(region, new Open(RegionRole.FOLLOWER, RegionEpoch.FIRST));
      return replay(region);
    } else if (instruction instanceof RegionInstruction.ReplayProgress) {
      held(region);
      return replay(region);
    } else if (instruction instanceof RegionInstruction.FlushRegion) {
      held(region);
      return new InstructionReply.Flushed(walEnds.get(region), 0);
    } else if (instruction instanceof RegionInstruction.ChecksumRegion) {
      held(region);
      return new InstructionReply.Checksum(rows, walEnds.get(region), rows);
    } else if (instruction instanceof RegionInstruction.DowngradeRegion request) {
      return downgrade(region, request.epoch());
    } else if (instruction instanceof RegionInstruction.UpgradeRegion request) {
      held(region);
      return lead(region, request.epoch());
    } else if (instruction instanceof RegionInstruction.CloseRegion
        || instruction instanceof RegionInstruction.DropRegion) {
      open.remove(region);
    } else {
      held(region);
    }
    return new InstructionReply.Done();
  }

  private InstructionReply lead(RegionId region, RegionEpoch epoch) {
    Open held = open.computeIfAbsent(region, key -> new Open(RegionRole.LEADER, epoch));
    if (epoch.isBefore(held.epoch)) {
      throw new TerraneException(
          ErrorCode.REGION_NOT_LEADER, region + " has epoch " + held.epoch + ", not " + epoch);
    }
    if (!held.epoch.equals(epoch) || held.role != RegionRole.LEADER) {
      held.role = RegionRole.LEADER;
      held.epoch = epoch;
      walEnds.merge(region, 1L, Long::sum); // the fence
    }
    return new InstructionReply.Done();
  }

  private InstructionReply downgrade(RegionId region, RegionEpoch epoch) {
    Open held = held(region);
    if (epoch.isBefore(held.epoch)) {
      throw new TerraneException(
          ErrorCode.REGION_NOT_LEADER, region + " is led under " + held.epoch);
    }
    held.role = RegionRole.DOWNGRADING;
    return new InstructionReply.Downgraded(walEnds.get(region) - 1);
  }

  private InstructionReply replay(RegionId region) {
    long end = walEnds.get(region);
    long read = 200 * (1 + end);
    return new InstructionReply.Replay(end - lag, end, new ReplayWork(read, read / 2, 1 + end));
  }

  private Open held(RegionId region) {
    Open held = open.get(region);
    if (held == null) {
      throw new TerraneException(ErrorCode.REGION_NOT_OPEN, region + " is not open on " + id);
    }
    return held;
  }

  private RegionStat stat(RegionId region, Open held) {
    long needed = neededPositions.getOrDefault(region, -1L);
    return new RegionStat(
        region,
        held.epoch,
        held.role,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        needed,
        held.schemaVersion,
        0,
        0,
        0);
  }

  private NodeInfo info() {
    return new NodeInfo(
        id, NodeRole.DATANODE, "datanode-" + id, "host", "0.1.0", "abc", 2, 1 << 30, startedAt);
  }
}
