# Bundles the front end. A broken script must not keep the server from building while both are being written, so unless
# STRICT the program then goes without scripts and styles.
execute_process(COMMAND "${NODE}" "${FRONTEND}/build.mjs" --out "${OUT}" RESULT_VARIABLE failed)
if(failed AND STRICT)
  message(FATAL_ERROR "The front end cannot be bundled")
elseif(failed)
  message(WARNING "The front end cannot be bundled: building without scripts and styles")
  file(MAKE_DIRECTORY "${OUT}")
  file(WRITE "${OUT}/manifest.txt" "")
else()
  file(TOUCH "${OUT}/manifest.txt")
endif()
