"""One address of each type of page, for tests that every type of page must pass. Whoever adds a type adds it here."""

# Answered with 200.
PAGES = [
    "/",
    # Numbers: registered, of several parties, unassigned, interim, unused, redirecting, outside 100–599
    "/404",
    "/499",
    "/427",
    "/103",
    "/418",
    "/301",
    "/000",
    "/499/nginx",
    "/403/iis/14",
    "/codes",
    "/codes?q=error+1020",
    "/codes?vendor=nginx&vendor=cloudflare&class=4&sort=-phrase&colour=red",
    "/codes?vendor=nginx&class=2&q=teapot",
    "/classes",
    "/classes/4xx",
    "/rfcs",
    "/rfcs/9110",
    "/vendors",
    "/vendors/nginx",
    "/headers",
    "/headers/retry-after",
    "/compare",
    "/compare/301,302,303,307,308",
    "/compare/404",
    "/choose",
    "/choose/moved-for-good",
    "/choose/moved-method-kept",
    "/about",
    "/api",
]
# Answered with the status of the error.
ERRORS = [
    ("/codes?class=9&sort=bogus", 400),
    ("/not-a-page", 404),
    ("/777", 404),
    ("/499/ngimx", 404),
    ("/compare/404,404,nonsense", 400),
]
EVERY = [*PAGES, *(path for path, _ in ERRORS)]
