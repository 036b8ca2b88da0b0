#!/bin/sh
# Draws every icon file from the two SVG sources. Needs rsvg-convert (Debian: librsvg2-bin) and python3.
set -eu
cd "$(dirname "$0")"
in_app=../../src/main/resources/io/partflow/app
mkdir -p png "$in_app"
for size in 16 24 32; do rsvg-convert -w $size -h $size partflow-small.svg -o png/partflow-$size.png; done
for size in 48 64 128 256 512 1024; do rsvg-convert -w $size -h $size partflow.svg -o png/partflow-$size.png; done
for size in 16 32 48 128; do cp png/partflow-$size.png "$in_app/icon-$size.png"; done
python3 containers.py
