/**
 * How a region holds rows: the internal Arrow schema, the order of rows, and moving rows between
 * batches. Knows nothing of files, logs or threads.
 */
package io.terrane.datanode.row;
