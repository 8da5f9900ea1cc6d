# Installs the front end's packages unless those of the lock file are there already (npm keeps its copy of the lock).
set(installed "${FRONTEND}/node_modules/.package-lock.json")
if(NOT EXISTS "${installed}" OR "${FRONTEND}/package-lock.json" IS_NEWER_THAN "${installed}")
  execute_process(COMMAND "${NPM}" ci --no-audit --no-fund --loglevel=error
                  WORKING_DIRECTORY "${FRONTEND}" RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "npm ci failed in frontend/")
  endif()
  file(TOUCH "${installed}")
endif()
file(TOUCH "${STAMP}")
