package io.terrane.datanode.encoding;

import com.github.luben.zstd.Zstd;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import org.apache.arrow.flatbuf.BodyCompressionMethod;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.compression.AbstractCompressionCodec;
import org.apache.arrow.vector.compression.CompressionCodec;
import org.apache.arrow.vector.compression.CompressionUtil;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.compression.NoCompressionCodec;
import org.apache.arrow.vector.ipc.message.ArrowBodyCompression;

/**
 * Arrow's ZSTD buffer compression over zstd-jni: each buffer is its plain length (8 bytes, little
 * endian) and a zstd frame, as the Arrow columnar format says under "Compression".
 */
public final class ZstdCodec extends AbstractCompressionCodec {
  /** For files that are merged soon, and for those that stay. */
  private static final int[] LEVELS = {1, 3};

  /** A buffer may not claim to be larger than this when decompressed. */
  private static final long PLAIN_BYTES_MAX = 1L << 30;

  /** Says in a message that its buffers are compressed so. */
  public static final ArrowBodyCompression BODY =
      new ArrowBodyCompression(CodecType.ZSTD.getType(), BodyCompressionMethod.BUFFER);

  /** Gives this codec for ZSTD and none for plain buffers. */
  public static final CompressionCodec.Factory FACTORY =
      new CompressionCodec.Factory() {
        @Override
        public CompressionCodec createCodec(CodecType type) {
          return switch (type) {
            case ZSTD -> new ZstdCodec(LEVELS[0]);
            case NO_COMPRESSION -> NoCompressionCodec.INSTANCE;
            case LZ4_FRAME ->
                throw new TerraneException(
                    ErrorCode.UNSUPPORTED, "files compressed with LZ4 are not read");
          };
        }

        @Override
        public CompressionCodec createCodec(CodecType type, int level) {
          return createCodec(type);
        }
      };

  private final int level;

  private ZstdCodec(int level) {
    this.level = level;
  }

  /**
   * @param fileLevel 0 for a flush, 1 for a merge
   */
  static ZstdCodec ofFile(int fileLevel) {
    return new ZstdCodec(LEVELS[Math.min(fileLevel, LEVELS.length - 1)]);
  }

  @Override
  public CodecType getCodecType() {
    return CodecType.ZSTD;
  }

  @Override
  protected ArrowBuf doCompress(BufferAllocator allocator, ArrowBuf plain) {
    long bound = Zstd.compressBound(plain.writerIndex());
    ArrowBuf target = allocator.buffer(CompressionUtil.SIZE_OF_UNCOMPRESSED_LENGTH + bound);
    long written =
        Zstd.compressUnsafe(
            target.memoryAddress() + CompressionUtil.SIZE_OF_UNCOMPRESSED_LENGTH,
            bound,
            plain.memoryAddress(),
            plain.writerIndex(),
            level);
    if (Zstd.isError(written)) {
      target.close();
      throw new TerraneException(
          ErrorCode.INTERNAL, "zstd cannot compress: " + Zstd.getErrorName(written));
    }
    target.writerIndex(CompressionUtil.SIZE_OF_UNCOMPRESSED_LENGTH + written);
    return target;
  }

  @Override
  protected ArrowBuf doDecompress(BufferAllocator allocator, ArrowBuf compressed) {
    long length = readUncompressedLength(compressed);
    if (length < 0 || length > PLAIN_BYTES_MAX) {
      throw new TerraneException(
          ErrorCode.CORRUPTED, "a compressed buffer claims " + length + " plain bytes");
    }
    ArrowBuf target = allocator.buffer(length);
    long written =
        Zstd.decompressUnsafe(
            target.memoryAddress(),
            length,
            compressed.memoryAddress() + CompressionUtil.SIZE_OF_UNCOMPRESSED_LENGTH,
            compressed.writerIndex() - CompressionUtil.SIZE_OF_UNCOMPRESSED_LENGTH);
    if (Zstd.isError(written) || written != length) {
      target.close();
      throw new TerraneException(ErrorCode.CORRUPTED, "a compressed buffer cannot be read");
    }
    target.writerIndex(length);
    return target;
  }
}
