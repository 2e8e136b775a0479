package io.terrane.query.function.builtin;

import static io.terrane.api.table.DataType.BINARY;
import static io.terrane.api.table.DataType.INT64;
import static io.terrane.api.table.DataType.STRING;
import static io.terrane.query.function.Param.ANY;
import static io.terrane.query.function.Param.INTEGER;
import static io.terrane.query.function.Param.TEXT;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Column;
import io.terrane.query.function.RowFunction;
import io.terrane.query.function.ScalarFunction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;

/** Digests, and bytes written as text. */
final class DigestFunctions {
  private static final HexFormat LOWER = HexFormat.of();
  private static final HexFormat UPPER = HexFormat.of().withUpperCase();

  private DigestFunctions() {}

  static List<ScalarFunction> all() {
    return List.of(
        digest("md5", "MD5"),
        digest("sha1", "SHA-1", "sha"),
        RowFunction.named("sha2")
            .takes(TEXT, INTEGER)
            .returns(STRING)
            .kernel(DigestFunctions::sha2),
        RowFunction.named("crc32")
            .takes(TEXT)
            .returns(INT64)
            .kernel(
                (context, a, row, out) -> {
                  CRC32 crc = new CRC32();
                  crc.update(a[0].bytes(), a[0].offsets()[row], a[0].lengthAt(row));
                  out.setLong(row, crc.getValue());
                }),
        RowFunction.named("hex").takes(ANY).returns(STRING).kernel(DigestFunctions::hex),
        RowFunction.named("unhex")
            .takes(TEXT)
            .returns(BINARY)
            .kernel(
                (context, a, row, out) -> {
                  String digits = a[0].stringAt(row);
                  String even = digits.length() % 2 == 0 ? digits : "0" + digits;
                  try {
                    out.setBytes(row, LOWER.parseHex(even.toLowerCase(Locale.ROOT)));
                  } catch (IllegalArgumentException noHex) {
                    out.setNull(row);
                  }
                }),
        RowFunction.named("to_base64")
            .takes(TEXT)
            .returns(STRING)
            .kernel(
                (context, a, row, out) ->
                    out.setString(
                        row,
                        Base64.getMimeEncoder(76, new byte[] {'\n'})
                            .encodeToString(a[0].bytesAt(row)))),
        RowFunction.named("from_base64")
            .takes(TEXT)
            .returns(BINARY)
            .kernel(
                (context, a, row, out) -> {
                  try {
                    out.setBytes(row, Base64.getMimeDecoder().decode(a[0].bytesAt(row)));
                  } catch (IllegalArgumentException noBase64) {
                    out.setNull(row);
                  }
                }));
  }

  private static ScalarFunction digest(String name, String algorithm, String... aliases) {
    return RowFunction.named(name, aliases)
        .takes(TEXT)
        .returns(STRING)
        .kernel(
            (context, a, row, out) ->
                out.setString(row, LOWER.formatHex(digest(algorithm, a[0].bytesAt(row)))));
  }

  private static void sha2(ExecutionContext context, Column[] a, int row, Column out) {
    long bits = a[1].longAt(row);
    if (bits == 0 || bits == 224 || bits == 256 || bits == 384 || bits == 512) {
      String algorithm = "SHA-" + (bits == 0 ? 256 : bits);
      out.setString(row, LOWER.formatHex(digest(algorithm, a[0].bytesAt(row))));
    } else {
      out.setNull(row);
    }
  }

  private static byte[] digest(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (NoSuchAlgorithmException missing) {
      throw new TerraneException(
          ErrorCode.INTERNAL, "this JVM has no digest " + algorithm, missing);
    }
  }

  private static void hex(ExecutionContext context, Column[] a, int row, Column out) {
    switch (a[0].storage()) {
      case LONG -> out.setString(row, Long.toHexString(a[0].longAt(row)).toUpperCase(Locale.ROOT));
      case DOUBLE ->
          out.setString(
              row, Long.toHexString(Math.round(a[0].doubleAt(row))).toUpperCase(Locale.ROOT));
      case DECIMAL ->
          out.setBytes(
              row,
              a[0].decimalAt(row)
                  .setScale(0, java.math.RoundingMode.HALF_UP)
                  .toBigInteger()
                  .toString(16)
                  .toUpperCase(Locale.ROOT)
                  .getBytes(StandardCharsets.US_ASCII));
      case BYTES -> out.setString(row, UPPER.formatHex(a[0].bytesAt(row)));
    }
  }
}
