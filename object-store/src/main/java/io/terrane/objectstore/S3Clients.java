package io.terrane.objectstore;

import java.time.Duration;
import java.util.concurrent.Executor;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;

/**
 * Sets up the SDK: a limit on every wait, no retries of its own, only headers every server knows.
 */
final class S3Clients {
  private static final int PENDING_MAX = 10_000;

  private S3Clients() {}

  static S3AsyncClient open(ObjectStoreConfig config, Executor executor) {
    Duration timeout = config.requestTimeout();
    S3AsyncClientBuilder builder =
        S3AsyncClient.builder()
            .region(Region.of(config.region()))
            .forcePathStyle(config.pathStyle())
            .credentialsProvider(credentials(config))
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(
                override ->
                    override
                        .apiCallTimeout(timeout)
                        .apiCallAttemptTimeout(timeout)
                        .retryStrategy(AwsRetryStrategy.doNotRetry()))
            .asyncConfiguration(
                async ->
                    async.advancedOption(
                        SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, executor))
            .httpClientBuilder(http(config));
    config.endpoint().ifPresent(builder::endpointOverride);
    return builder.build();
  }

  private static NettyNioAsyncHttpClient.Builder http(ObjectStoreConfig config) {
    Duration timeout = config.requestTimeout();
    NettyNioAsyncHttpClient.Builder builder =
        NettyNioAsyncHttpClient.builder()
            .maxConcurrency(config.s3().connectionsMax())
            .maxPendingConnectionAcquires(PENDING_MAX)
            .connectionTimeout(config.s3().connectTimeout())
            .connectionAcquisitionTimeout(timeout)
            .readTimeout(timeout)
            .writeTimeout(timeout)
            .tcpKeepAlive(true);
    config.s3().caFile().map(S3Trust::of).ifPresent(builder::tlsTrustManagersProvider);
    return builder;
  }

  private static AwsCredentialsProvider credentials(ObjectStoreConfig config) {
    if (config.accessKey().isEmpty()) {
      return DefaultCredentialsProvider.builder().build();
    }
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(
            config.accessKey().get().value(), config.secretKey().get().value()));
  }
}
