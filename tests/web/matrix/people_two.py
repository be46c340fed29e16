"""No outside provider is set up: its addresses are nobody's."""


def things(world, place):
    return {"provider_id": "gov"}


NO_PAGE = {
    "/account/outside/oidc/<slug:provider_id>/login/",
    "/account/outside/oidc/<slug:provider_id>/login/callback/",
}
