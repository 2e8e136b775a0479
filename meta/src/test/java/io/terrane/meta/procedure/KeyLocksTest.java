package io.terrane.meta.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.region.RegionId;
import io.terrane.api.table.TableName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyLocksTest {
  private static final TableName CPU = new TableName("public", "cpu");
  private final KeyLocks locks = new KeyLocks();
  private final List<String> granted = new ArrayList<>();

  @Test
  void readersShareAndAWriterWaitsForAllOfThem() {
    acquire("r1", LockKeys.NONE.readTable(CPU));
    acquire("r2", LockKeys.NONE.readTable(CPU));
    acquire("w", LockKeys.NONE.writeTable(CPU));
    assertThat(granted).containsExactly("r1", "r2");
    locks.release("r1");
    assertThat(granted).hasSize(2);
    locks.release("r2");
    assertThat(granted).containsExactly("r1", "r2", "w");
  }

  @Test
  void whoComesLaterDoesNotOvertakeAWaitingWriter() {
    acquire("r1", LockKeys.NONE.readTable(CPU));
    acquire("w", LockKeys.NONE.writeTable(CPU));
    acquire("r2", LockKeys.NONE.readTable(CPU));
    assertThat(granted).containsExactly("r1");
    locks.release("r1");
    assertThat(granted).containsExactly("r1", "w");
    locks.release("w");
    assertThat(granted).containsExactly("r1", "w", "r2");
  }

  @Test
  void namesDifferInMoreThanCase() {
    acquire("a", LockKeys.NONE.writeTable(CPU));
    acquire("b", LockKeys.NONE.writeTable(new TableName("PUBLIC", "Cpu")));
    acquire("c", LockKeys.NONE.writeTable(new TableName("public", "mem")));
    assertThat(granted).containsExactly("a", "c");
  }

  @Test
  void theTextsAreSorted() {
    assertThat(
            LockKeys.NONE
                .writeRegion(new RegionId(7))
                .readTable(CPU)
                .readDatabase("public")
                .texts())
        .containsExactly("database public:read", "region 7:write", "table public.cpu:read");
  }

  private void acquire(String owner, LockKeys keys) {
    locks.acquire(owner, keys, () -> granted.add(owner));
  }
}
