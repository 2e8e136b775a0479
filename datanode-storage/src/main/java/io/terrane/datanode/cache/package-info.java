/**
 * Byte ranges of files near at hand: in memory, on the local disk, and the requests that fetch them
 * from the bucket. Whatever is kept here can be lost at any time.
 */
package io.terrane.datanode.cache;
