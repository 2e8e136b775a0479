/**
 * A real Kafka broker and a real S3 server inside a process, for the playground and for tests; the
 * rest of the program reaches them through its ordinary clients over loopback.
 */
package io.terrane.server.embedded;
