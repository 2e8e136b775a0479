package io.terrane.api.region;

/**
 * Names one region's part of one statement, so that sending it again has no second effect.
 *
 * @param session random number of the frontend session
 * @param sequence grows within the session
 */
public record WriteId(long session, long sequence) {}
