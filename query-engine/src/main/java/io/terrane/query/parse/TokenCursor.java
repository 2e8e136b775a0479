package io.terrane.query.parse;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** The generated parser's tokens, for readers written by hand; expressions go back to it. */
final class TokenCursor {
  private final TerraneParserImpl parser;

  TokenCursor(TerraneParserImpl parser) {
    this.parser = parser;
  }

  /** Whether the next tokens are these words, unquoted. */
  boolean at(String... words) {
    for (int i = 0; i < words.length; i++) {
      if (!parser.getToken(i + 1).image.equalsIgnoreCase(words[i])) {
        return false;
      }
    }
    return true;
  }

  /** Takes the next tokens if they are these words or symbols. */
  boolean accept(String... words) {
    if (!at(words)) {
      return false;
    }
    for (int i = 0; i < words.length; i++) {
      parser.getNextToken();
    }
    return true;
  }

  void expect(String... words) {
    for (String word : words) {
      if (!accept(word)) {
        throw problem();
      }
    }
  }

  boolean atEnd() {
    return parser.getToken(1).kind == TerraneParserImplConstants.EOF;
  }

  boolean atString() {
    return parser.getToken(1).kind == TerraneParserImplConstants.QUOTED_STRING;
  }

  boolean atName() {
    String image = parser.getToken(1).image;
    return !atEnd() && (image.charAt(0) == '`' || isWord(image));
  }

  /** The image of the next token but {@code ahead}. */
  String peek(int ahead) {
    return parser.getToken(ahead).image;
  }

  /** Takes a token of any kind. */
  String take() {
    if (atEnd()) {
      throw problem();
    }
    return parser.getNextToken().image;
  }

  /** Passes over tokens up to a comma or closing parenthesis of this level, or to the end. */
  void skipList() {
    int depth = 0;
    while (!atEnd() && (depth > 0 || !(at(",") || at(")")))) {
      String image = take();
      if (image.equals("(")) {
        depth++;
      } else if (image.equals(")")) {
        depth--;
      }
    }
  }

  /** A name, quoted or not; keywords are names where a name is due. */
  String name() {
    if (!atName()) {
      throw problem();
    }
    return unquoted(parser.getNextToken().image);
  }

  /** A name of one to three parts. */
  SqlIdentifier compoundName() {
    SqlParserPos position = position();
    List<String> parts = new ArrayList<>();
    parts.add(name());
    while (accept(".")) {
      parts.add(name());
    }
    return new SqlIdentifier(parts, position);
  }

  /** Names in parentheses. */
  List<String> nameList() {
    List<String> names = new ArrayList<>();
    expect("(");
    do {
      names.add(name());
    } while (accept(","));
    expect(")");
    return names;
  }

  /** Key of an option; it may have points and quotes, and is folded to lower case. */
  String optionKey() {
    StringBuilder key = new StringBuilder(atString() ? string() : name());
    while (accept(".")) {
      key.append('.').append(name());
    }
    return key.toString().toLowerCase(Locale.ROOT);
  }

  /** {@code (key = value, ...)}; INVALID_ARGUMENT if a key is given twice. */
  Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    expect("(");
    while (!accept(")")) {
      String key = optionKey();
      expect("=");
      if (options.put(key, value()) != null) {
        throw new TerraneException(
            ErrorCode.INVALID_ARGUMENT, "Option '" + key + "' is given twice");
      }
      if (!at(")")) {
        expect(",");
      }
    }
    return options;
  }

  String string() {
    if (!atString()) {
      throw problem();
    }
    String image = parser.getNextToken().image;
    return image.substring(1, image.length() - 1).replace("''", "'");
  }

  Optional<String> stringIf(String word) {
    return accept(word) ? Optional.of(string()) : Optional.empty();
  }

  /** A name, string or number, as text. */
  String value() {
    if (atString()) {
      return string();
    }
    if (atName()) {
      return name();
    }
    boolean negative = accept("-");
    String image = take();
    if (!Character.isDigit(image.charAt(0))) {
      throw problem();
    }
    return negative ? "-" + image : image;
  }

  /** A name or string as a literal. */
  SqlNode text() {
    SqlParserPos position = position();
    return SqlLiteral.createCharString(value(), position);
  }

  int unsignedInt() {
    if (parser.getToken(1).kind != TerraneParserImplConstants.UNSIGNED_INTEGER_LITERAL
        || peek(1).length() > 9) {
      throw problem();
    }
    return Integer.parseInt(take());
  }

  SqlNode expression() {
    try {
      return parser.TerraneExpression();
    } catch (ParseException problem) {
      throw problem(problem);
    }
  }

  /** A SELECT, WITH or VALUES with its ORDER BY and LIMIT. */
  SqlNode query() {
    try {
      return parser.TerraneQuery();
    } catch (ParseException problem) {
      throw problem(problem);
    }
  }

  /** A statement that the standard's grammar reads. */
  SqlNode standardStatement() {
    try {
      return parser.SqlStmt();
    } catch (ParseException problem) {
      throw problem(problem);
    }
  }

  /** Position of the next token. */
  SqlParserPos position() {
    Token next = parser.getToken(1);
    return new SqlParserPos(next.beginLine, next.beginColumn, next.endLine, next.endColumn);
  }

  /** Position of the token taken last. */
  SqlParserPos lastPosition() {
    Token last = parser.getToken(0);
    return new SqlParserPos(last.beginLine, last.beginColumn, last.endLine, last.endColumn);
  }

  /** Image of the token taken last, without quotes. */
  String lastWord() {
    return unquoted(parser.getToken(0).image);
  }

  SyntaxProblem problem() {
    Token next = parser.getToken(1);
    return new SyntaxProblem(next.beginLine, next.beginColumn);
  }

  private static SyntaxProblem problem(ParseException problem) {
    Token culprit = problem.currentToken == null ? null : problem.currentToken.next;
    return culprit == null
        ? new SyntaxProblem(1, 1)
        : new SyntaxProblem(culprit.beginLine, culprit.beginColumn);
  }

  private static boolean isWord(String image) {
    char first = image.charAt(0);
    return Character.isLetter(first) || first == '_' || first == '$';
  }

  private static String unquoted(String image) {
    return image.charAt(0) == '`'
        ? image.substring(1, image.length() - 1).replace("``", "`")
        : image;
  }
}
