package io.terrane.benchmarks.peer;

import io.terrane.benchmarks.tsbs.CpuData;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executor;

/** A server of MySQL's protocol, to which any number of clients may connect. */
public interface MySqlPeer extends Peer {
  /** A connection of its own. */
  Connection connect() throws SQLException;

  /** The statement that makes the table {@code cpu}. */
  String createTable(CpuData data);

  /** How it is loaded. */
  LoadForm loadForm();

  /** A thousand rows at a time, over four connections. */
  default void load(CpuData data, Executor executor) throws SQLException {
    try (Connection connection = connect()) {
      connection.createStatement().execute(createTable(data));
    }
    new MySqlClients(this::connect, loadForm(), executor).load(data);
  }
}
