package io.terrane.query.function.net;

import static io.terrane.api.table.DataType.BINARY;
import static io.terrane.api.table.DataType.BOOLEAN;
import static io.terrane.api.table.DataType.STRING;
import static io.terrane.api.table.DataType.UINT32;
import static io.terrane.query.function.Param.INTEGER;
import static io.terrane.query.function.Param.TEXT;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.query.expr.Column;
import io.terrane.query.function.RowFunction;
import io.terrane.query.function.ScalarFunction;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Addresses and networks: GreptimeDB's {@code ipv4_…} and {@code ipv6_…}, to which a text that is
 * no address is an error, and MySQL's {@code inet_…}, to which it is NULL (8.4 manual, 14.24).
 */
public final class IpFunctions {
  private static final HexFormat HEX = HexFormat.of();

  private IpFunctions() {}

  public static List<ScalarFunction> all() {
    return List.of(
        RowFunction.named("ipv4_string_to_num")
            .takes(TEXT)
            .returns(UINT32)
            .kernel((context, a, row, out) -> out.setLong(row, number(v4(a[0].stringAt(row))))),
        RowFunction.named("ipv4_num_to_string", "inet_ntoa")
            .takes(INTEGER)
            .returns(STRING)
            .kernel(
                (context, a, row, out) -> {
                  long number = a[0].longAt(row);
                  if (number < 0 || number > 0xffffffffL) {
                    out.setNull(row);
                  } else {
                    byte[] address = ByteBuffer.allocate(4).putInt((int) number).array();
                    out.setString(row, IpAddress.format(address));
                  }
                }),
        RowFunction.named("inet_aton")
            .takes(TEXT)
            .returns(UINT32)
            .kernel(
                (context, a, row, out) -> {
                  Optional<byte[]> address = IpAddress.parseV4(a[0].stringAt(row));
                  out.setLong(row, address.map(IpFunctions::number).orElse(0L));
                  if (address.isEmpty()) {
                    out.setNull(row);
                  }
                }),
        RowFunction.named("ipv6_string_to_num")
            .takes(TEXT)
            .returns(BINARY)
            .kernel((context, a, row, out) -> out.setBytes(row, v6(a[0].stringAt(row)))),
        RowFunction.named("inet6_aton")
            .takes(TEXT)
            .returns(BINARY)
            .kernel(
                (context, a, row, out) -> {
                  String text = a[0].stringAt(row);
                  IpAddress.parseV4(text)
                      .or(() -> IpAddress.parseV6(text))
                      .ifPresentOrElse(
                          address -> out.setBytes(row, address), () -> out.setNull(row));
                }),
        RowFunction.named("inet6_ntoa")
            .takes(TEXT)
            .returns(STRING)
            .kernel(
                (context, a, row, out) -> {
                  byte[] bytes = a[0].bytesAt(row);
                  if (bytes.length == IpAddress.V4_BYTES || bytes.length == IpAddress.V6_BYTES) {
                    out.setString(row, IpAddress.format(bytes));
                  } else {
                    out.setNull(row);
                  }
                }),
        RowFunction.named("ipv6_num_to_string")
            .takes(TEXT)
            .returns(STRING)
            .kernel(
                (context, a, row, out) -> out.setString(row, IpAddress.format(v6Bytes(a[0], row)))),
        test("is_ipv4", IpAddress::parseV4),
        test("is_ipv6", IpAddress::parseV6),
        cidr("ipv4_to_cidr", IpFunctions::v4Prefix, IpAddress.V4_BYTES),
        cidr("ipv6_to_cidr", IpFunctions::v6Prefix, IpAddress.V6_BYTES),
        inRange("ipv4_in_range", IpFunctions::v4),
        inRange("ipv6_in_range", IpFunctions::v6));
  }

  private static ScalarFunction test(String name, Function<String, Optional<byte[]>> parser) {
    return RowFunction.named(name)
        .takes(TEXT)
        .returns(BOOLEAN)
        .kernel(
            (context, a, row, out) ->
                out.setBoolean(row, parser.apply(a[0].stringAt(row)).isPresent()));
  }

  private static ScalarFunction cidr(String name, Function<String, Network> reader, int bytes) {
    return RowFunction.named(name)
        .takes(TEXT)
        .optionally(INTEGER)
        .returns(STRING)
        .kernel(
            (context, a, row, out) -> {
              Network network = reader.apply(a[0].stringAt(row).trim());
              if (a.length > 1) {
                network = new Network(network.address(), bits(a[1].longAt(row), bytes));
              }
              out.setString(row, network.toString());
            });
  }

  private static ScalarFunction inRange(String name, Function<String, byte[]> parser) {
    return RowFunction.named(name)
        .takes(TEXT, TEXT)
        .returns(BOOLEAN)
        .kernel(
            (context, a, row, out) -> {
              String range = a[1].stringAt(row);
              int slash = range.indexOf('/');
              byte[] network = parser.apply(slash < 0 ? range : range.substring(0, slash));
              int bits =
                  slash < 0 ? 8 * network.length : bits(length(range, slash + 1), network.length);
              byte[] address = parser.apply(a[0].stringAt(row));
              out.setBoolean(
                  row,
                  Arrays.equals(
                      IpAddress.network(address, bits), IpAddress.network(network, bits)));
            });
  }

  /** An address, and how many of its bits name the network. */
  private record Network(byte[] address, int bits) {
    @Override
    public String toString() {
      return IpAddress.format(IpAddress.network(address, bits)) + "/" + bits;
    }
  }

  /** Missing numbers at the end are 0; the prefix ends with the last number that is not. */
  private static Network v4Prefix(String text) {
    int numbers = text.split("\\.", -1).length;
    byte[] address = v4(text + ".0".repeat(Math.max(0, 4 - numbers)));
    return new Network(address, numbers < 4 ? 8 * numbers : 8 * significantBytes(address));
  }

  /**
   * A missing end is zeros. The prefix is 32 bits in the documentation's network 2001:db8::/32 and
   * 16 for link-local addresses; else it ends with the last group that is not 0.
   */
  private static Network v6Prefix(String text) {
    boolean isCut = IpAddress.parseV6(text).isEmpty() && !text.contains("::");
    byte[] address = v6(isCut ? text + (text.endsWith(":") ? ":" : "::") : text);
    int bits = 8 * ((significantBytes(address) + 1) / 2 * 2);
    String written = IpAddress.format(address);
    if (written.startsWith("2001:db8:")) {
      bits = 32;
    } else if (written.startsWith("fe80::")) {
      bits = 16;
    } else if (bits == 0) {
      bits = 64;
    }
    return new Network(address, bits);
  }

  private static int significantBytes(byte[] address) {
    int bytes = address.length;
    while (bytes > 0 && address[bytes - 1] == 0) {
      bytes--;
    }
    return bytes;
  }

  private static long length(String range, int from) {
    try {
      return Long.parseLong(range.substring(from));
    } catch (NumberFormatException notOne) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT, "Invalid network '" + range + "'", notOne);
    }
  }

  private static int bits(long bits, int bytes) {
    if (bits < 0 || bits > 8L * bytes) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT, "a network's prefix is 0 to " + 8 * bytes + ", not " + bits);
    }
    return (int) bits;
  }

  private static byte[] v4(String text) {
    return IpAddress.parseV4(text).orElseThrow(() -> invalid("IPv4", text));
  }

  private static byte[] v6(String text) {
    return IpAddress.parseV6(text).orElseThrow(() -> invalid("IPv6", text));
  }

  /** Sixteen bytes, or their hexadecimal digits. */
  private static byte[] v6Bytes(Column column, int row) {
    byte[] bytes = column.bytesAt(row);
    if (bytes.length == IpAddress.V6_BYTES) {
      return bytes;
    }
    String digits = column.stringAt(row);
    try {
      byte[] parsed = HEX.parseHex(digits);
      if (parsed.length == IpAddress.V6_BYTES) {
        return parsed;
      }
    } catch (IllegalArgumentException noHex) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT, "Invalid IPv6 number '" + digits + "'", noHex);
    }
    throw invalid("IPv6", digits);
  }

  private static TerraneException invalid(String kind, String text) {
    return new TerraneException(
        ErrorCode.INVALID_ARGUMENT, "Invalid " + kind + " address '" + text + "'");
  }

  private static long number(byte[] address) {
    return ByteBuffer.wrap(address).getInt() & 0xffffffffL;
  }
}
