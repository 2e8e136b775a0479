/** Regions of dead datanodes, and of datanodes that are being emptied, are moved elsewhere. */
package io.terrane.meta.failover;
