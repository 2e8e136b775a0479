package io.terrane.query.write;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.api.table.TableInfo;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.parse.Statement;
import io.terrane.query.plan.PlanContext;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * LOAD DATA: rows out of a file that arrives in pieces, written in chunks as INSERT … SELECT is. A
 * value that its column cannot hold ends the load; chunks before it stay. A row with too few fields
 * gets defaults, what is too much is dropped, both with a warning, as LOCAL does in MySQL. Not
 * shared between threads.
 */
public final class FileLoad {
  /** Told of rows that were changed on the way. */
  public interface Warnings {
    void warn(int errno, String message);
  }

  private static final Pattern EPOCH = Pattern.compile("-?[0-9]{1,18}");

  private static final int TOO_FEW_FIELDS = 1261;
  private static final int TOO_MANY_FIELDS = 1262;

  private final RecordReader reader;
  private final InsertExecutor.Writing writing;
  private final List<ColumnSchema> columns;
  private final List<OptionalInt> targets;
  private final int written;
  private Warnings warnings = (errno, message) -> {};
  private long rows;

  /**
   * @param recordBytesMax of one row's text
   */
  public FileLoad(
      InsertExecutor inserts,
      Statement.LoadData statement,
      int recordBytesMax,
      PlanContext scope,
      ExecutionContext context) {
    TableInfo table = TableTarget.find(statement.table().names, scope);
    this.columns = table.schema().columns();
    this.targets = targets(statement.columns(), table);
    int[] given =
        targets.stream().filter(OptionalInt::isPresent).mapToInt(OptionalInt::getAsInt).toArray();
    this.written = given.length;
    this.writing = inserts.begin(table, statement.mode(), given, scope, context);
    this.reader =
        new RecordReader(
            statement.format(),
            charset(statement.charset()),
            statement.skipped(),
            recordBytesMax,
            this::add);
  }

  private static List<OptionalInt> targets(List<Optional<String>> names, TableInfo table) {
    List<OptionalInt> targets = new ArrayList<>();
    if (names.isEmpty()) {
      for (int i = 0; i < table.schema().columns().size(); i++) {
        targets.add(OptionalInt.of(i));
      }
      return targets;
    }
    for (Optional<String> name : names) {
      OptionalInt target =
          name.isPresent()
              ? OptionalInt.of(TableTarget.column(table, name.get()))
              : OptionalInt.empty();
      if (target.isPresent() && targets.contains(target)) {
        throw new TerraneException(
            ErrorCode.INVALID_ARGUMENT, "Column '" + name.get() + "' specified twice");
      }
      targets.add(target);
    }
    return targets;
  }

  private static Charset charset(Optional<String> name) {
    return switch (name.orElse("utf8mb4").toLowerCase(Locale.ROOT)) {
      case "utf8mb4", "utf8", "utf8mb3" -> StandardCharsets.UTF_8;
      case "ascii" -> StandardCharsets.US_ASCII;
      // MySQL's latin1 is the code page of Windows.
      case "latin1" -> Charset.forName("windows-1252");
      default ->
          throw new TerraneException(
              ErrorCode.UNSUPPORTED,
              "This version doesn't yet support 'LOAD DATA ... CHARACTER SET " + name.get() + "'");
    };
  }

  public void onWarning(Warnings receiver) {
    warnings = receiver;
  }

  /** Takes the file's next bytes; blocks while rows are written. */
  public void accept(ByteBuffer bytes) {
    reader.accept(bytes);
  }

  /** Writes what is left; gives the number of rows written. */
  public long finish() {
    reader.finish();
    writing.flush();
    return writing.affected().count();
  }

  /** Rows read so far. */
  public long rows() {
    return rows;
  }

  private void add(List<Optional<String>> fields) {
    rows++;
    if (fields.size() < targets.size()) {
      warnings.warn(TOO_FEW_FIELDS, "Row " + rows + " doesn't contain data for all columns");
    } else if (fields.size() > targets.size()) {
      warnings.warn(
          TOO_MANY_FIELDS,
          "Row " + rows + " was truncated; it contained more data than there were input columns");
    }
    List<Optional<Datum>> cells = new ArrayList<>(written);
    for (int i = 0; i < targets.size(); i++) {
      if (targets.get(i).isPresent()) {
        cells.add(
            i < fields.size()
                ? Optional.of(datum(fields.get(i), columns.get(targets.get(i).getAsInt())))
                : Optional.empty());
      }
    }
    writing.add(cells);
    writing.flushIfMany();
  }

  private static Datum datum(Optional<String> field, ColumnSchema column) {
    if (field.isEmpty()) {
      return Datum.ofNull(column.type());
    }
    String text = field.get();
    // A bare number is in the column's unit, as in INSERT.
    boolean isEpoch =
        column.type().kind() == DataType.Kind.TIMESTAMP && EPOCH.matcher(text).matches();
    return isEpoch ? Datum.of(Long.parseLong(text)) : Datum.of(text);
  }
}
