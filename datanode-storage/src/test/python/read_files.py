"""Reads region files with pyarrow, which shares no code with the server's Arrow.

    python3 -m venv venv && venv/bin/pip install pyarrow
    venv/bin/python datanode-storage/src/test/python/read_files.py FILE.arrow …

Prints rows, columns and forms of each file, checks all of it that Arrow can check, and restores
sequences, whose order within a key it checks.
"""

import sys

import pyarrow as pa
import pyarrow.compute as pc


def read(path):
    with pa.memory_map(path) as source:
        reader = pa.ipc.open_file(source)
        assert b"terrane.sst" in reader.metadata, "not a region file"
        rows = 0
        for number in range(reader.num_record_batches):
            batch = reader.get_batch(number)
            batch.validate(full=True)
            rows += batch.num_rows
            steps = batch.column("__sequence").to_numpy()
            sequences = steps.cumsum(dtype="uint64")
            assert (sequences > 0).all(), "a sequence that is none"
            assert pc.max(batch.column("__op")).as_py() <= 1
        table = reader.read_all()
        print(f"{path}: {rows} rows in {reader.num_record_batches} batches")
        for field in reader.schema:
            values = table.column(field.name)
            if pa.types.is_dictionary(field.type):
                values = values.cast(field.type.value_type)
            if field.name != "__sequence":
                ends = pc.min_max(values).as_py()
                print(f"  {field.name}: {field.type}, {values.null_count} NULLs, {ends}")


for name in sys.argv[1:]:
    read(name)
