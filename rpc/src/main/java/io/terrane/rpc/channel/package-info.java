/**
 * Arrow Flight as both ends of a wire: a server to publish a producer with, pooled connections to
 * call it, the verbs as futures and streams, and how errors cross. Knows no region and no metasrv.
 */
package io.terrane.rpc.channel;
