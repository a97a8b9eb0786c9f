#!/bin/sh
# Fetch and unpack the packages that the bundled fonts are made from (Debian 12 with npm, about 170 MB).
# Usage: packaging/fonts/fetch.sh FOLDER
set -eu
folder=${1:?usage: fetch.sh FOLDER}
mkdir -p "$folder/debian" "$folder/npm"
cd "$folder"
apt-get download texlive-lang-chinese fonts-lxgw-wenkai fonts-liberation2
for package in ./*.deb; do dpkg-deb -x "$package" debian; done
npm pack @expo-google-fonts/noto-sans-sc@0.4.3 @expo-google-fonts/noto-serif-sc@0.4.3
for name in noto-sans-sc noto-serif-sc; do
    mkdir -p "npm/$name"
    tar -xf expo-google-fonts-"$name"-0.4.3.tgz -C "npm/$name"
done
