/**
 * The vocabulary that all rooms share (ids, schemas, routes, fragments, errors) and the ports they
 * meet at. Records, enums, sealed interfaces and ports only: no I/O, no caches, no threads.
 */
package io.terrane.api;
