package io.terrane.frontend.mysql.connection;

import io.terrane.frontend.mysql.command.StatementLimits;
import java.time.Duration;

/** What one connection may take of time and memory. */
public record ConnectionLimits(
    Duration login,
    Duration idle,
    Duration write,
    int packetBytesMax,
    StatementLimits statements) {}
