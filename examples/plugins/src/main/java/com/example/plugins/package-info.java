/** Plug-ins to be copied: each is found by its name once the jar is there. */
@NullMarked
package com.example.plugins;

import org.jspecify.annotations.NullMarked;
