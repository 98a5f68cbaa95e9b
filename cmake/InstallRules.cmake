include(GNUInstallDirs)

install(TARGETS dgauth RUNTIME)

function(install_if_present file directory name)
  if(EXISTS ${PROJECT_SOURCE_DIR}/${file})
    install(FILES ${file} DESTINATION ${directory} RENAME ${name})
  endif()
endfunction()

install_if_present(man/dgauth.1 ${CMAKE_INSTALL_MANDIR}/man1 dgauth.1)
install_if_present(completions/dgauth.bash ${CMAKE_INSTALL_DATADIR}/bash-completion/completions dgauth)
install_if_present(completions/_dgauth ${CMAKE_INSTALL_DATADIR}/zsh/site-functions _dgauth)
install_if_present(completions/dgauth.fish ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d dgauth.fish)
