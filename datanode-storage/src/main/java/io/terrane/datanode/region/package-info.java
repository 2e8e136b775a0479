/**
 * A region's parts that the packages around it share: its place in the bucket, its version, how it
 * is opened.
 */
package io.terrane.datanode.region;
