/**
 * The vocabulary of {@code io.terrane.api} as protobuf messages and back: one codec per family of
 * records, encoder and decoder side by side. The messages are in {@code src/main/proto}; field
 * numbers are frozen, new fields are optional. Enumerations travel by name. What a decoder does not
 * know is refused with UNSUPPORTED, what it cannot read with CORRUPTED.
 */
package io.terrane.rpc.wire;
