/** Reading a region: cursors, merging, skipping. */
package io.terrane.datanode.scan;
