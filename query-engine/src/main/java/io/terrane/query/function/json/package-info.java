/** JSON documents, which are held as text; paths into them. */
package io.terrane.query.function.json;
