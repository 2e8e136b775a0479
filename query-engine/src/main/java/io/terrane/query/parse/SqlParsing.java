package io.terrane.query.parse;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.util.List;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl.LexicalState;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.util.SourceStringReader;

/**
 * Text to statements. Stateless and thread-safe. What does not parse is a SYNTAX_ERROR in MySQL's
 * words, with the text from the culprit on and its line.
 */
public final class SqlParsing {
  private static final int IDENTIFIER_LENGTH_MAX = 1024;

  private SqlParsing() {}

  /** Splits a text into statements without reading them; empty statements are left out. */
  public static List<StatementSource> split(String sql, MySqlLexis lexis) {
    return Canonicalizer.split(sql, lexis).stream().map(StatementSource::new).toList();
  }

  /** Reads a text that holds one statement. EMPTY_QUERY if it holds none. */
  public static ParsedStatement parse(String sql, MySqlLexis lexis) {
    return single(sql, lexis).parse();
  }

  /** A text's only statement, not yet read. EMPTY_QUERY if it holds none. */
  public static StatementSource single(String sql, MySqlLexis lexis) {
    List<StatementSource> sources = split(sql, lexis);
    if (sources.isEmpty()) {
      throw new TerraneException(ErrorCode.EMPTY_QUERY, "Query was empty");
    }
    if (sources.size() > 1) {
      throw sources.get(1).unexpected();
    }
    return sources.get(0);
  }

  /** Reads a query as stored in a view. */
  public static SqlNode parseQuery(String sql, MySqlLexis lexis) {
    ParsedStatement parsed = parse(sql, lexis);
    if (parsed.statement() instanceof Statement.Query query) {
      return query.node();
    }
    throw new TerraneException(ErrorCode.SYNTAX_ERROR, "not a query: " + sql);
  }

  static ParsedStatement parse(StatementText text) {
    TerraneParserImpl parser = parser(text.canonical());
    try {
      SqlNode node = parser.TerraneStatementEof();
      Statement statement = finished(StatementReader.of(node), text);
      return new ParsedStatement(statement, text.written(), parameters(text));
    } catch (SyntaxProblem problem) {
      throw syntaxError(text, problem.line(), problem.column(), problem);
    } catch (ParseException | TokenMgrError problem) {
      SqlParseException known = parser.normalizeException(problem);
      throw syntaxError(text, known.getPos().getLineNum(), known.getPos().getColumnNum(), problem);
    } catch (TerraneException known) {
      throw known;
    } catch (StackOverflowError deep) {
      throw new TerraneException(
          ErrorCode.RESOURCE_EXHAUSTED, "statement is nested too deeply to be read", deep);
    } catch (RuntimeException problem) {
      SqlParseException known = parser.normalizeException(problem);
      if (known.getPos() == null) {
        throw TerraneException.of(problem);
      }
      throw syntaxError(text, known.getPos().getLineNum(), known.getPos().getColumnNum(), problem);
    }
  }

  private static TerraneParserImpl parser(String canonical) {
    TerraneParserImpl parser =
        (TerraneParserImpl) TerraneParserImpl.FACTORY.getParser(new SourceStringReader(canonical));
    parser.setTabSize(1);
    parser.switchTo(LexicalState.BTID);
    parser.setQuotedCasing(Casing.UNCHANGED);
    parser.setUnquotedCasing(Casing.UNCHANGED);
    parser.setIdentifierMaxLength(IDENTIFIER_LENGTH_MAX);
    parser.setConformance(Dialect.CONFORMANCE);
    return parser;
  }

  private static int parameters(StatementText text) {
    return (int) text.lexemes().stream().filter(lexeme -> lexeme.isSymbol("?")).count();
  }

  /** Rewrites operators, names select items as written, fills in texts. */
  private static Statement finished(Statement statement, StatementText text) {
    QueryFinish finish = new QueryFinish(text);
    if (statement instanceof Statement.Query query) {
      return new Statement.Query(finish.query(query.node()), StatementTemplate.of(text));
    } else if (statement instanceof Statement.Explain explain) {
      return new Statement.Explain(
          finish.query(explain.query()), explain.change(), explain.analyze(), explain.json());
    } else if (statement instanceof Statement.Insert insert) {
      return finish.insert(insert);
    } else if (statement instanceof Statement.Delete delete) {
      return new Statement.Delete(
          finish.delete(delete.node()), delete.limit().map(finish::expression));
    } else if (statement instanceof Statement.Update update) {
      return new Statement.Update(
          finish.update(update.node()), update.limit().map(finish::expression));
    } else if (statement instanceof Statement.Show show) {
      return finish.show(show);
    } else if (statement instanceof Statement.CreateView view) {
      return new Statement.CreateView(
          view.name(),
          view.columns(),
          finish.query(view.query()),
          view.start(),
          text.writtenFrom(view.start()),
          view.orReplace(),
          view.ifNotExists());
    } else if (statement instanceof Statement.CreateTable table) {
      return finish.createTable(table);
    } else if (statement instanceof Statement.CreateTableAs made) {
      return new Statement.CreateTableAs(
          finish.createTable(made.table()), finish.query(made.query()), made.mode());
    } else if (statement instanceof Statement.Admin admin) {
      return new Statement.Admin(
          admin.function(), admin.arguments(), admin.options(), text.written());
    }
    return statement;
  }

  static TerraneException syntaxError(StatementText text, int line, int column, Throwable cause) {
    int offset = text.sourceOffset(line, column);
    String source = text.source();
    return new TerraneException(
        ErrorCode.SYNTAX_ERROR,
        SyntaxMessages.near(source, offset, SyntaxMessages.line(source, offset)),
        cause);
  }
}
