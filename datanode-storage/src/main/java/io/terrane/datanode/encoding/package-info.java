/**
 * Columns of files as they are stored: as they are, as numbers of a dictionary's values, or as
 * differences. Knows nothing of files.
 */
package io.terrane.datanode.encoding;
