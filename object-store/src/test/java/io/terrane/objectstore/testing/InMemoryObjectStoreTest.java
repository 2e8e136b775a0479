package io.terrane.objectstore.testing;

import io.terrane.objectstore.ObjectStore;

class InMemoryObjectStoreTest extends ObjectStoreContract {
  @Override
  protected ObjectStore open() {
    return new InMemoryObjectStore(executor);
  }
}
