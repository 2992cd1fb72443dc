/** The page of the inspector keeps the admin token under this name until the tab is closed. */
const TOKEN = 'oneuc-emulator-admin-token'

const { description } = document.querySelector('nav [aria-current]').dataset

/** Swagger UI has a dark theme of its own, behind a class. */
const prefersDark = matchMedia('(prefers-color-scheme: dark)')
function chooseTheme() {
  document.documentElement.classList.toggle('dark-mode', prefersDark.matches)
}
prefersDark.addEventListener('change', chooseTheme)
chooseTheme()

/** Adds the admin token that the inspector has asked for to the calls of the admin API. */
function addToken(request) {
  const token = sessionStorage.getItem(TOKEN)
  if (token !== null && new URL(request.url, location.href).pathname.startsWith('/__admin/')) {
    request.headers.Authorization ??= `Bearer ${token}`
  }
  return request
}

/** Says how to get at a description that wants the admin token. */
function explainRefusal(response) {
  if (response.status === 401 && response.url.endsWith(description)) document.getElementById('refusal').hidden = false
  return response
}

window.ui = window.SwaggerUIBundle({
  dom_id: '#swagger-ui',
  url: description,
  deepLinking: true,
  defaultModelsExpandDepth: -1,
  displayRequestDuration: true,
  persistAuthorization: true,
  validatorUrl: null,
  requestInterceptor: addToken,
  responseInterceptor: explainRefusal
})
