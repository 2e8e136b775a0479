/** The door to a datanode: requests in, heartbeats out. */
package io.terrane.datanode;
