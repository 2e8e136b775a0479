package io.terrane.objectstore;

import java.time.Instant;

/** An object as a listing shows it; size in bytes. */
public record ObjectInfo(ObjectKey key, long size, Instant lastModified) {}
