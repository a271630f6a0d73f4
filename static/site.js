// What the script adds to every page. Without it each page still does all that it is for.
"use strict";
