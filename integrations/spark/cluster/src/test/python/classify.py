"""Classifies the photos of a folder: classify.py BUNDLE.jar FOLDER"""

import sys

from pyspark.sql import SparkSession

bundle, folder = sys.argv[1:]
spark = (
    SparkSession.builder.master("local[2]")
    .config("spark.jars", bundle)
    .config("spark.sql.extensions", "io.unmask.spark.UnmaskExtension")
    .config("spark.ui.enabled", "false")
    .getOrCreate()
)
verdicts = (
    spark.read.format("binaryFile")
    .load(folder)
    .selectExpr("path", "unmask_classify(content) AS verdict")
    .select("path", "verdict.label", "verdict.probability")
)
for row in verdicts.collect():
    print(row.path.rsplit("/", 1)[1], row.label, row.probability)
