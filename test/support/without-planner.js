const Module = require('node:module');

const resolve = Module._resolveFilename;

/** A platform for which there is no native query planner. */
Module._resolveFilename = (request, ...rest) => {
  if (/hive_router_query_planner|router-query-planner-/.test(request)) {
    throw new Error(`Cannot find module '${request}'`);
  }
  return resolve(request, ...rest);
};
