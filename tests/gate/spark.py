"""A corpus of any size, spread by Spark: each worker pipes its texts through `vidimus check --documents -`.

    spark.py VIDIMUS CORPUS      CORPUS holds corpus.vds (`vidimus snapshot CORPUS > corpus.vds`) and the texts

Prints one finding a line, in JSON, in no order.
"""
import json
import os
import shlex
import sys

from pyspark.sql import SparkSession

vidimus, corpus = sys.argv[1:]
spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
spark.sparkContext.setLogLevel("ERROR")

texts = []
for folder, _, names in os.walk(corpus):
    for name in sorted(names):
        if name.endswith((".md", ".txt")):
            path = os.path.join(folder, name)
            with open(path, encoding="utf-8", newline="") as file:
                texts.append(json.dumps({"path": os.path.relpath(path, corpus), "text": file.read()}, ensure_ascii=False))

# Findings are no failure of the worker: --exit-zero.
snapshot = os.path.join(corpus, "corpus.vds")
command = shlex.join([vidimus, "check", "--documents", "-", "--snapshot", snapshot, "--format", "json-lines", "--exit-zero"])
for finding in spark.sparkContext.parallelize(texts, 8).pipe(command, checkCode=True).collect():
    print(finding)
spark.stop()
