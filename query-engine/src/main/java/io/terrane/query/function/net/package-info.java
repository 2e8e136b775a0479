/** Functions on Internet addresses. */
package io.terrane.query.function.net;
