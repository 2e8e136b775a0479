package io.terrane.frontend.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.sql.FileContent;
import io.terrane.api.sql.StatementResult;
import io.terrane.frontend.mysql.message.Capabilities;
import io.terrane.frontend.mysql.message.OkPacket;
import io.terrane.frontend.mysql.testing.ProtocolClient;
import io.terrane.frontend.mysql.testing.ProtocolClient.Received;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** LOAD DATA LOCAL as the wire sees it. */
class FileUploadTest {
  private static final String LOAD = "LOAD DATA LOCAL INFILE 'a.csv' INTO TABLE t";

  private final Sink sink = new Sink();
  private ProtocolClient client;

  /** Keeps what it gets, or refuses it. */
  private static final class Sink implements FileContent {
    private final StringBuilder text = new StringBuilder();
    private boolean refusing;
    private boolean closed;

    @Override
    public void accept(ByteBuffer bytes) {
      if (refusing) {
        throw new TerraneException(ErrorCode.INCORRECT_VALUE, "no such number");
      }
      text.append(StandardCharsets.UTF_8.decode(bytes));
    }

    @Override
    public StatementResult.Affected finish() {
      return new StatementResult.Affected(text.length(), 0, "Records: 1", 0);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @BeforeEach
  void open() {
    client = new ProtocolClient();
    client
        .service()
        .on(LOAD, (session, values) -> new StatementResult.ClientFile("a.csv", sink))
        .on("DO 1", (session, values) -> StatementResult.Affected.NOTHING);
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void theClientIsAskedForItsFile() {
    login();
    client.query(LOAD);
    assertThat(client.next().payload()).containsExactly(0xFB, 'a', '.', 'c', 's', 'v');

    piece(2, "1,2\n");
    piece(3, "3,4\n");
    assertThat(client.all()).isEmpty();
    piece(4, "");
    Received answer = client.next();
    assertThat(answer.sequence()).isEqualTo(5);
    assertThat(OkPacket.read(answer.reader()).affectedRows()).isEqualTo(8);
    assertThat(sink.text.toString()).isEqualTo("1,2\n3,4\n");
    assertThat(sink.closed).isTrue();

    client.query("DO 1");
    assertThat(client.next().header()).isZero();
  }

  @Test
  void aRefusedFileIsReadToItsEndAndTheConnectionGoesOn() {
    sink.refusing = true;
    login();
    client.query(LOAD);
    client.next();
    piece(2, "x\n");
    assertThat(sink.closed).isTrue();
    piece(3, "y\n");
    assertThat(client.all()).isEmpty();
    piece(4, "");
    assertThat(client.next().header()).isEqualTo(0xFF);

    client.query("DO 1");
    assertThat(client.next().header()).isZero();
  }

  @Test
  void theNextStatementFollowsTheFile() {
    client.login(
        ProtocolClient.CAPABILITIES | Capabilities.LOCAL_FILES | Capabilities.MULTI_STATEMENTS);
    client.query(LOAD + ";DO 1");
    client.next();
    piece(2, "");
    List<Received> answers = client.all();
    assertThat(answers).extracting(Received::header).containsExactly(0, 0);
  }

  @Test
  void aClientThatSendsNoFilesIsTold() {
    client.login(ProtocolClient.CAPABILITIES & ~Capabilities.LOCAL_FILES);
    client.query(LOAD);
    Received error = client.next();
    assertThat(error.header()).isEqualTo(0xFF);
    assertThat(error.payload()[1] + 256 * error.payload()[2]).isNotZero();
    assertThat(new String(error.payload(), StandardCharsets.UTF_8))
        .contains("42000Loading local data is disabled");
    assertThat(sink.closed).isTrue();
  }

  @Test
  void aClientThatGoesAwayInTheMiddleEndsTheLoad() {
    login();
    client.query(LOAD);
    client.next();
    piece(2, "1,2\n");
    client.channel().close();
    client.settle();
    assertThat(sink.closed).isTrue();
  }

  private void login() {
    client.login(ProtocolClient.CAPABILITIES | Capabilities.LOCAL_FILES);
  }

  private void piece(int sequence, String text) {
    client.send(sequence, out -> out.writeString(text));
    client.settle();
  }
}
