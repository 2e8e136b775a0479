/** From memory to a file. */
package io.terrane.datanode.flush;
