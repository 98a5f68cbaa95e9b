include(GNUInstallDirs)

install(TARGETS dgauth RUNTIME)

function(install_if_present file directory name)
  if(EXISTS ${PROJECT_SOURCE_DIR}/${file})
    install(FILES ${file} DESTINATION ${directory} RENAME ${name})
  endif()
endfunction()

foreach(section IN ITEMS 1 5)
  file(GLOB pages CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/man/*.${section})
  install(FILES ${pages} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section})
endforeach()
install_if_present(completions/dgauth.bash ${CMAKE_INSTALL_DATADIR}/bash-completion/completions dgauth)
install_if_present(completions/_dgauth ${CMAKE_INSTALL_DATADIR}/zsh/site-functions _dgauth)
install_if_present(completions/dgauth.fish ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d dgauth.fish)
