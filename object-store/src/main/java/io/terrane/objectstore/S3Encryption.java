package io.terrane.objectstore;

import java.util.Optional;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** What new objects are encrypted with, as headers of the requests that make them. */
record S3Encryption(Optional<ServerSideEncryption> algorithm, Optional<String> key) {
  static S3Encryption of(S3Config config) {
    Optional<ServerSideEncryption> algorithm =
        switch (config.encryption()) {
          case NONE -> Optional.empty();
          case AES256 -> Optional.of(ServerSideEncryption.AES256);
          case KMS -> Optional.of(ServerSideEncryption.AWS_KMS);
        };
    return new S3Encryption(algorithm, config.kmsKey());
  }

  PutObjectRequest.Builder on(PutObjectRequest.Builder request) {
    algorithm.ifPresent(request::serverSideEncryption);
    key.ifPresent(request::ssekmsKeyId);
    return request;
  }

  CreateMultipartUploadRequest.Builder on(CreateMultipartUploadRequest.Builder request) {
    algorithm.ifPresent(request::serverSideEncryption);
    key.ifPresent(request::ssekmsKeyId);
    return request;
  }
}
