# Words of the API's page
api-docs-title = The API
api-docs-lead = Everything that the pages do can be done by programs. The same as a file for client generators is openapi.json; a token is made on the account page or with quanheng token.
api-docs-operations = Operations
api-docs-path = Method and path
api-docs-does = What it does
api-docs-who = Who
api-docs-takes = Takes
api-docs-answers = Answers
api-docs-public = anybody
api-docs-token = with a token
api-docs-schemas = Schemas
