/** Rows to regions: conversion, routing, and holding writes while a region moves. */
package io.terrane.query.write;
